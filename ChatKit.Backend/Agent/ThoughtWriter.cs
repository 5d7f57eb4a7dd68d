using System.Text;
using System.Text.RegularExpressions;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Agent;

/// <summary>
/// Shows a model's reasoning as thoughts, one for each bold heading that it gives (<c>**Weighing it**</c>, as OpenAI's summaries have them). An update carries the
/// whole thought, so updates come the less often the longer it is.
/// </summary>
internal sealed partial class ThoughtWriter(WorkflowWriter workflow, TimeProvider time)
{
    private const int GrowthShown = 20;

    private static readonly TimeSpan Rhythm = TimeSpan.FromMilliseconds(200);

    private readonly StringBuilder _text = new();
    private WorkflowStep? _step;
    private int _shownLength;
    private long _shownAt;

    public async Task WriteAsync(string piece)
    {
        _text.Append(piece);
        if (piece.Contains('*', StringComparison.Ordinal) && NextHeading().Match(_text.ToString()) is { Success: true, Index: var end })
        {
            var rest = _text.ToString(end, _text.Length - end).TrimStart('\n');
            _text.Length = end;
            await EndAsync();
            _text.Append(rest);
        }

        var grown = _text.Length - _shownLength;
        if (_step is null ? !string.IsNullOrWhiteSpace(_text.ToString()) : grown > _text.Length / GrowthShown && time.GetElapsedTime(_shownAt) >= Rhythm)
            await ShowAsync(TaskStatusIndicator.Loading);
    }

    /// <summary>The thought is complete; the next piece begins another one.</summary>
    public async Task EndAsync()
    {
        if (_step is not null || !string.IsNullOrWhiteSpace(_text.ToString()))
            await ShowAsync(TaskStatusIndicator.Complete);
        _text.Clear();
        (_step, _shownLength) = (null, 0);
    }

    private async Task ShowAsync(TaskStatusIndicator status)
    {
        var text = _text.ToString();
        var heading = Heading().Match(text);
        var task = new ThoughtTask
        {
            Title = heading.Success ? heading.Groups["title"].Value : null,
            Content = text[heading.Length..].Trim(),
            StatusIndicator = status,
        };
        (_shownLength, _shownAt) = (text.Length, time.GetTimestamp());
        if (_step is null)
            _step = await workflow.AddAsync(task);
        else
            await _step.UpdateAsync(task);
    }

    [GeneratedRegex(@"^\s*\*\*(?<title>[^*\n]{1,120})\*\*[ \t]*\n")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<=\S[^\n]*)\n+(?=\*\*[^*\n]{1,120}\*\*[ \t]*\n)")]
    private static partial Regex NextHeading();
}
