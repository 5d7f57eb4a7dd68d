using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>Files on their way to the provider, and what comes back, in every form that it may have.</summary>
public sealed class FormUploadTests : FormTest
{
    private protected override IEnumerable<Deployment> Deployments() =>
    [
        Of("openai"),
        Of("groq", "d2") with { GroupName = "groq", Parameters = new() { AlwaysDropped = [JsonPath.TryParse("prompt")!] } },
        Of("openai", "d3") with { GroupName = "french", DefaultParameters = [new("language", "\"fr\""u8.ToArray()), new("temperature", "0.5"u8.ToArray())] },
    ];

    [Theory]
    [InlineData(false, "model=gpt", "language=en", "@")]
    [InlineData(false, "@", "model=gpt", "language=en")]
    [InlineData(false, "language=en", "@", "model=gpt")]
    [InlineData(true, "model=gpt", "language=en", "@")]
    [InlineData(true, "language=en", "model=gpt", "@")]
    [InlineData(true, "@", "language=en", "model=gpt")]
    public async Task The_parts_arrive_in_any_order_with_the_model_replaced(bool chunked, params string[] fields)
    {
        Assert.Contains("I see skies", await AcceptedAsync(Form(fields), chunked: chunked), StringComparison.Ordinal);
        Assert.Equal(["@", "language=en", "model=gpt-4o-upstream"], Received(Upstream.Requests.Single()));
        Assert.Equal("audio/mpeg", Upstream.Requests[0].Form.Single(part => part.Name == "file").ContentType);
    }

    [Theory]
    [InlineData("/engines/gpt/audio/transcriptions", "@")]
    [InlineData("/openai/deployments/gpt/audio/transcriptions", "@", "model=ignored")]
    public async Task The_path_may_name_the_model(string path, params string[] fields)
    {
        foreach (var chunked in (bool[])[true, false])
        {
            await AcceptedAsync(Form(fields), path, chunked);
            Assert.Equal(["@", "model=gpt-4o-upstream"], Received(Upstream.Requests[^1]));
        }
    }

    [Theory]
    [InlineData("/v1/audio/translations", "file")]
    [InlineData("/v1/images/variations", "image")]
    [InlineData("/v1/images/edits", "image")]
    public async Task Every_operation_with_a_file_has_its_path(string path, string file)
    {
        var form = Form("model=gpt");
        if (path.EndsWith("edits", StringComparison.Ordinal)) form.Add(new StringContent("a cat"), "\"prompt\"");
        form.Add(File(file));
        await AcceptedAsync(form, path);
        Assert.Equal((path, "gpt-4o-upstream"), (Upstream.Requests[0].Path, Upstream.Requests[0].Field("model")));
    }

    [Theory]
    [InlineData("json", "application/json", "\"text\":\"I see skies\"")]
    [InlineData("verbose_json", "application/json", "\"segments\"")]
    [InlineData("text", "text/plain; charset=utf-8", "I see skies\n")]
    [InlineData("srt", "text/plain; charset=utf-8", "1\n00:00:00,000 --> ")]
    [InlineData("vtt", "text/vtt; charset=utf-8", "WEBVTT\n\n")]
    public async Task Every_response_format_passes_under_its_media_type(string format, string mediaType, string content)
    {
        using var response = await SendAsync(Form("model=gpt", $"response_format={format}", "@"));
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.ToString());
        Assert.Contains(content, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transcript_streams()
    {
        using var response = await SendAsync(Form("model=gpt", "stream=true", "@"));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = await response.Content.ReadAsStringAsync();
        Assert.Equal(2, events.Split("transcript.text.delta").Length - 1);
        Assert.Contains("transcript.text.done", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_edit_streams_its_partial_images()
    {
        var form = Form("model=gpt", "prompt=a cat", "stream=true");
        form.Add(File("image[]"));
        form.Add(File("image[]"));
        Assert.Contains("image_edit.partial_image", await AcceptedAsync(form, "/v1/images/edits"), StringComparison.Ordinal);
        Assert.Equal(2, Upstream.Requests[0].Form.Count(part => part.Name == "image[]"));
    }

    [Fact]
    public async Task The_gateways_own_fields_stay_here_and_are_named_and_defaults_are_added()
    {
        foreach (var chunked in (bool[])[true, false])
        {
            using var response = await SendAsync(Form("model=french", "tags=a", "@", "litellm_trace_id=1", "temperature=0.9"), chunked: chunked);
            Assert.Equal("tags, litellm_trace_id", response.Headers.GetValues("x-chatkit-losses").Single());
            Assert.Equal(["@", "language=fr", "model=gpt-4o-upstream", "temperature=0.9"], Received(Upstream.Requests[^1]));
        }
    }

    [Fact]
    public async Task What_a_deployment_never_sends_stays_here()
    {
        using var response = await SendAsync(Form("model=groq", "prompt=secret", "@"));
        Assert.Equal("prompt", response.Headers.GetValues("x-chatkit-losses").Single());
        Assert.Equal(["@", "model=gpt-4o-upstream"], Received(Upstream.Requests.Single()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_form_that_names_two_models_is_refused(bool chunked)
    {
        var error = await RejectedAsync(Form("model=gpt", "@", "model=other"), chunked: chunked);
        Assert.Equal((400, "model", "The form names its 'model' twice."), (error.Status, error.Param, error.Message));
        Assert.DoesNotContain(Upstream.Requests, request => request.BodyText.Contains("other", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_form_is_a_400()
    {
        Assert.Contains("multipart/form-data", (await RefusedAsync(Transcriptions, """{"model":"gpt"}""")).Message, StringComparison.Ordinal);
        Assert.Equal("The form does not begin with its boundary.", (await RejectedAsync(Raw("model=gpt"))).Message);
        Assert.Equal("The form ends in the middle of a part.", (await RejectedAsync(Raw("--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngp"))).Message);
        Assert.Equal("model", (await RejectedAsync(Form("@", "language=en"))).Param);
        Assert.Equal("model", (await RejectedAsync(Form("model=unheard-of", "@"))).Param);
        Assert.Empty(Upstream.Requests);
    }

    [Fact]
    public async Task A_form_that_turns_out_broken_while_it_passes_is_the_clients_fault()
    {
        var form = Raw("--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngpt\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=a\r\n\r\ncut");
        var error = await RejectedAsync(form, chunked: true);
        Assert.Equal((400, "The form ends in the middle of a part."), (error.Status, error.Message));
        await AcceptedAsync(Form("model=gpt", "@"));
    }

    [Fact]
    public async Task The_providers_refusal_and_a_provider_that_cannot_reach_the_client()
    {
        Assert.Equal((400, "aura"), await RejectedAsync(Form("model=gpt", "aura=1", "@")) is var refused ? (refused.Status, refused.Param) : default);
        Assert.Equal("groq does not serve image_edit. Choose another model.", (await RejectedAsync(Form("model=groq", "prompt=a"), "/v1/images/edits")).Message);
    }
}
