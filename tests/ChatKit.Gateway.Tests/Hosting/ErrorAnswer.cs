using System.Text.Json;
using Xunit;

namespace ChatKit.Gateway.Tests.Hosting;

/// <summary>An error as a client sees it, checked for its shape: exactly the four members of OpenAI's error object.</summary>
internal sealed record ErrorAnswer(int Status, string Message, string Type, string? Param, string Code)
{
    public static async Task<ErrorAnswer> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return Parse((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static ErrorAnswer Parse(int status, string body)
    {
        using var document = JsonDocument.Parse(body);
        Assert.Equal(["error"], document.RootElement.EnumerateObject().Select(member => member.Name));
        var error = document.RootElement.GetProperty("error");
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(member => member.Name));
        return new ErrorAnswer(
            status,
            error.GetProperty("message").GetString()!,
            error.GetProperty("type").GetString()!,
            error.GetProperty("param").GetString(),
            error.GetProperty("code").GetString()!);
    }
}
