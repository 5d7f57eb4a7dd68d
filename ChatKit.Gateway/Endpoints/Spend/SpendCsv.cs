using System.Globalization;
using System.Text;
using ChatKit.Gateway.Spend.Reports;
using ChatKit.Gateway.Pipeline;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>
/// Tables for spreadsheets (https://datatracker.ietf.org/doc/html/rfc4180). A cell that a spreadsheet would run as a formula begins with an apostrophe, whoever made it
/// up (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
internal static class SpendCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    public const string Head =
        "request_id,call_type,api_key,spend,total_tokens,prompt_tokens,completion_tokens,startTime,endTime,model,model_id,model_group,custom_llm_provider,user,team_id,end_user,request_tags,cache_hit,session_id,status\r\n";

    public static string Line(SpendLine row) => Line(
        row.RequestId, row.CallType, row.KeyHash, row.Spend is { } spend ? Dollars.Text(spend) : "", Number(row.TotalTokens), Number(row.PromptTokens), Number(row.CompletionTokens),
        SpendRowWriter.Time(row.StartTime), SpendRowWriter.Time(row.EndTime), row.Model, row.ModelId, row.ModelGroup, row.Provider, row.UserId, row.TeamId, row.EndUser,
        string.Join(' ', row.Tags), row.CacheHit ? "true" : "false", row.SessionId, row.Status);

    public static string Line(params ReadOnlySpan<string?> cells)
    {
        var line = new StringBuilder();
        for (var at = 0; at < cells.Length; at++) line.Append(at == 0 ? "" : ",").Append(Cell(cells[at] ?? ""));
        return line.Append("\r\n").ToString();
    }

    public static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n') text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
