using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace ChatKit.Bench.Micro;

/// <summary>
/// <c>dotnet run -c Release --project bench/micro</c> runs all; <c>-- --filter *Envelope*</c> some. In this process: a generated project would have to
/// restore packages, which not every machine can.
/// </summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).AsDefault());
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args is [] ? ["--filter", "*"] : args, config);
    }
}
