using System.Globalization;
using System.Text.Json;

namespace ChatKit.Backend.Tools.Calculator;

/// <summary>Reckons exactly: models guess at long numbers. It reads arithmetic and nothing else; no code is run.</summary>
internal sealed class CalculatorTool : ITool
{
    public string Name => "calculator";

    public string Label => "Calculator";

    public string Icon => "square-code";

    public string Description => "Computes an arithmetic expression exactly, with 28 digits.";

    public JsonElement Parameters { get; } = ToolSchema.Of(
        $$"""
        {"type":"object","properties":{"expression":{"type":"string","maxLength":{{Expression.MaxLength}},
        "description":"Numbers, + - * / % ^, parentheses, pi, e, and {{string.Join(", ", Functions.Names)}}. For example: round(1234.5 * 1.2 ^ 10, 2)"} },
        "required":["expression"],"additionalProperties":false}
        """);

    public Task<ToolResult> CallAsync(ToolCall request, CancellationToken cancel)
    {
        if (request.Text("expression") is not { } expression)
            return Task.FromResult(ToolResult.Failure("`expression` is missing."));
        var (value, problem) = Expression.Evaluate(expression);
        return Task.FromResult(problem is null ? new ToolResult(value.ToString("0.############################", CultureInfo.InvariantCulture)) : ToolResult.Failure(problem));
    }
}
