using System.Diagnostics;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Backend.Tests.Types;

/// <summary>The TypeScript compiler of tests/types, beside the official package of types; installed once, as its lock file says.</summary>
internal static class TypeScript
{
    private static readonly string Folder = Path.Combine(Golden.Root, "tests/types");

    /// <summary>What the compiler finds wrong with a module; empty where nothing is.</summary>
    public static async Task<string> CheckAsync(string source)
    {
        Requirement.Need("node", await HasNodeAsync(), "it is not installed");
        if (!File.Exists(Path.Combine(Folder, "node_modules/.package-lock.json")))
        {
            var (failed, said) = await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Assert.True(failed == 0, said);
        }

        // Beside node_modules, where the compiler looks for the package; each check has a file of its own.
        var file = Path.Combine(Folder, $"captured-{Guid.NewGuid():N}.ts");
        await File.WriteAllTextAsync(file, source);
        try
        {
            var (code, output) = await RunAsync(
                "node", "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "--target", "es2022", "--lib", "es2022,dom",
                "--module", "esnext", "--moduleResolution", "bundler", Path.GetFileName(file));
            return code == 0 ? "" : output;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<bool> HasNodeAsync()
    {
        try
        {
            return (await RunAsync("node", "--version")).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }
}
