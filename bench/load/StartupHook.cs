using System.Diagnostics.CodeAnalysis;
using ChatKit.Bench.Load.Lab;

/// <summary>
/// The entry point that the runtime calls in a process started with <c>DOTNET_STARTUP_HOOKS</c>; name and place are prescribed
/// (https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md).
/// </summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for this type outside any namespace.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(AllocationProbe.SocketVariable) is { Length: > 0 } path)
        {
            new Thread(() => AllocationProbe.Serve(path)) { IsBackground = true, Name = "allocation probe" }.Start();
        }
    }
}
