using System.Text.Json;

namespace ChatKit.Backend.Tools;

/// <summary>Something that the default assistant's model can call. Register further ones as <see cref="ITool"/>, after <see cref="BackendServices.AddBackend"/>.</summary>
public interface ITool
{
    /// <summary>What the model calls it: at most 64 letters, digits, <c>_</c> and <c>-</c>.</summary>
    string Name { get; }

    /// <summary>What people see.</summary>
    string Label { get; }

    /// <summary>One of the protocol's icon names; null: a plain one.</summary>
    string? Icon => null;

    /// <summary>Tells the model when to call it.</summary>
    string Description { get; }

    /// <summary>The JSON Schema of the arguments: an object.</summary>
    JsonElement Parameters { get; }

    /// <summary>How long a call may take; null: as long as <c>chatkit.yaml</c> gives tools.</summary>
    TimeSpan? Timeout => null;

    /// <summary>Does what it does. It may be called several times at once, and is cancelled when it takes too long or the user stops the answer.</summary>
    Task<ToolResult> CallAsync(ToolCall request, CancellationToken cancel);
}
