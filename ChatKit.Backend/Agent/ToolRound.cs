using ChatKit.Backend.Configuration;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Agent;

/// <summary>
/// Calls the tools that a model asks for, all at once, each with its own time limit and a step of its own in the workflow. Whatever goes wrong with one of them is
/// an output that says so: the model goes on, and so does the turn.
/// </summary>
internal sealed partial class ToolRound(ChatKitConfig config, TimeProvider time, ILogger<ToolRound> logger)
{
    private const int MaxCalls = 32;
    private const int ShownCharacters = 1500;

    public async Task<IReadOnlyList<ToolNoteCall>> RunAsync(
        IReadOnlyList<RequestedCall> calls, ToolSet tools, Citations citations, TurnThread thread, AgentVoice voice, CancellationToken cancel)
    {
        var running = new List<Task<ToolNoteCall>>(calls.Count);
        foreach (var call in calls)
        {
            var tool = tools.Find(call.Name);
            var shown = new CustomTask { Title = tool?.Label ?? call.Name, Icon = tool?.Icon, Content = CodeFence.Around(call.Arguments, ShownCharacters), StatusIndicator = TaskStatusIndicator.Loading };
            // Steps are added one by one, so that they stand in the order of the calls.
            var step = await voice.StepAsync(shown);
            var result = running.Count < MaxCalls ? CallAsync(call, tool, citations, thread, cancel) : Task.FromResult(ToolResult.Failure($"At most {MaxCalls} tools can be called at once."));
            running.Add(EndAsync(call, result, step, shown));
        }

        return await Task.WhenAll(running);
    }

    private async Task<ToolNoteCall> EndAsync(RequestedCall call, Task<ToolResult> running, WorkflowStep step, CustomTask shown)
    {
        var result = await running;
        var output = result.Text.Length <= config.Tools.MaxOutput ? result.Text : $"{result.Text[..config.Tools.MaxOutput]}\n[the rest was left out]";
        await step.UpdateAsync(shown with
        {
            Title = result.Failed ? $"{shown.Title}: failed" : shown.Title,
            Content = $"{shown.Content}\n\n{CodeFence.Around(output, ShownCharacters)}",
            StatusIndicator = TaskStatusIndicator.Complete,
        });
        return new ToolNoteCall(call.Id, call.Name, call.Arguments, output);
    }

    private async Task<ToolResult> CallAsync(RequestedCall call, ITool? tool, Citations citations, TurnThread thread, CancellationToken cancel)
    {
        if (tool is null)
            return ToolResult.Failure($"There is no tool {call.Name}.");
        if (ToolArguments.Read(call.Arguments) is not { } arguments)
            return ToolResult.Failure("The arguments are not a JSON object.");

        var patience = tool.Timeout ?? config.Tools.Timeout;
        using var late = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            // A tool that does not heed its token is left behind.
            return await Task.Run(() => tool.CallAsync(new ToolCall(arguments, thread, citations), either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            Log.Late(logger, tool.Name, patience);
            return ToolResult.Failure($"The tool did not answer within {patience.TotalSeconds:0} seconds.");
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            // A tool is somebody else's code: what it throws is for the log, and the model learns that it failed.
            Log.Failed(logger, tool.Name, failure);
            return ToolResult.Failure("The tool failed.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The tool {Tool} did not answer within {Patience}")]
        public static partial void Late(ILogger logger, string tool, TimeSpan patience);

        [LoggerMessage(LogLevel.Warning, "The tool {Tool} failed")]
        public static partial void Failed(ILogger logger, string tool, Exception failure);
    }
}
