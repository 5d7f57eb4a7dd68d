using System.Net;
using System.Net.Http.Headers;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>Large files and many files: what passes is not held, and what has passed cannot be sent again.</summary>
[Collection(Alone)]
public sealed class LargeUploadTests : FormTest
{
    public const string Alone = "Measures the memory of the process";

    private const int Megabyte = 1024 * 1024;

    private protected override UpstreamDialect Dialect => new OpenAiOperationsDialect { LongestKept = Megabyte };

    private protected override GatewaySettings Settings => new() { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 2, MaxRequestBytes = 200L * Megabyte };

    private protected override IEnumerable<Deployment> Deployments() => [GatewayHost.At(Upstream, "d1"), GatewayHost.At(Upstream, "d2")];

    [Fact]
    public async Task A_hundred_megabytes_pass_through_a_fraction_of_that()
    {
        await AcceptedAsync(Form("model=gpt", "@"));
        Upstream.Then(Replies.Json("""{"text":"I see skies"}"""));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await AcceptedAsync(Large(100 * Megabyte));

        // Client and provider live in this process too, and allocate a buffer or two themselves.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 40L * Megabyte);
        Assert.InRange(Upstream.Requests[^1].BodyLength, 100 * Megabyte, 101 * Megabyte);
    }

    [Fact]
    public async Task Two_hundred_small_uploads_at_once_all_arrive()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (i, _) =>
            Assert.Contains("skies", await AcceptedAsync(Form($"prompt={i}", "@", "model=gpt"), chunked: i % 2 == 0), StringComparison.Ordinal));

        Assert.Equal(Enumerable.Range(0, 200), Upstream.Requests.Select(request => int.Parse(request.Field("prompt")!, null)).Order());
        Assert.All(Upstream.Requests, request => Assert.Equal(Recording, request.Form.Single(part => part.Name == "file").Content));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_held_is_sent_again(bool chunked)
    {
        Upstream.Then(Replies.HtmlError(503));
        // In the chunked case the model comes last, so that all of the file is held.
        await AcceptedAsync(Form(chunked ? ["@", "model=gpt"] : ["model=gpt", "@"]), chunked: chunked);
        Assert.Equal(2, Upstream.Requests.Count);
        Assert.Equal(Received(Upstream.Requests[0]), Received(Upstream.Requests[1]));
    }

    [Fact]
    public async Task What_has_passed_is_not_sent_again()
    {
        Upstream.Then(Replies.HtmlError(503));
        Assert.Equal(503, (await RejectedAsync(Form("model=gpt", "@"), chunked: true)).Status);
        Assert.Single(Upstream.Requests);
    }

    [Fact]
    public async Task What_a_provider_refused_unseen_goes_to_the_next()
    {
        const string Error = """{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}""";
        await using var hasty = RawUpstream.Answering($"HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Length: {Error.Length}\r\nConnection: close\r\n\r\n{Error}");
        await using var gateway = await GatewayHost.StartAsync(Settings with { Retries = 0 }, GatewayHost.At(hasty.ApiBase) with { Order = 0 }, GatewayHost.At(Upstream, "d2") with { Order = 1 });
        using var request = new HttpRequestMessage(HttpMethod.Post, Transcriptions) { Content = Form("model=gpt", "@"), Headers = { TransferEncodingChunked = true } };

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["@", "model=gpt-4o-upstream"], Received(Upstream.Requests.Single()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Beyond_the_limit_is_a_413(bool chunked)
    {
        await using var gateway = await GatewayHost.StartAsync(Settings with { MaxRequestBytes = 2 * Megabyte }, GatewayHost.At(Upstream));
        using var request = new HttpRequestMessage(HttpMethod.Post, Transcriptions) { Content = Large(3 * Megabyte), Headers = { ExpectContinue = !chunked, TransferEncodingChunked = chunked } };
        using var response = await gateway.Client.SendAsync(request);
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal(413, error.Status);
        Assert.Contains("larger than 2 MB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_upload_and_harms_nobody()
    {
        using var patience = new CancellationTokenSource();
        var form = new MultipartFormDataContent { { new StringContent("gpt"), "\"model\"" } };
        form.Add(new StreamContent(new EndlessStream(patience)) { Headers = { ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = "\"a.mp3\"" } } });
        using var request = new HttpRequestMessage(HttpMethod.Post, Transcriptions) { Content = form };
        await Assert.ThrowsAnyAsync<Exception>(() => Gateway.Client.SendAsync(request, patience.Token));
        await AcceptedAsync(Form("model=gpt", "@"));
        Assert.DoesNotContain(Gateway.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>The model, and then a file of so many zeros that nobody holds.</summary>
    private static MultipartFormDataContent Large(long length)
    {
        var form = Form("model=gpt");
        form.Add(new StreamContent(new ZeroStream(length)) { Headers = { ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = "\"a.mp3\"" } } });
        return form;
    }

    private sealed class ZeroStream(long length) : FileStreamStandIn
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            Array.Clear(buffer, offset, read);
            Position += read;
            return read;
        }
    }

    /// <summary>Gives up its reader in the middle.</summary>
    private sealed class EndlessStream(CancellationTokenSource patience) : FileStreamStandIn
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            Position += count;
            if (Position > Megabyte) patience.Cancel();
            return count;
        }
    }

    private abstract class FileStreamStandIn : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>What other tests allocate at the same time would be measured with it.</summary>
[CollectionDefinition(LargeUploadTests.Alone, DisableParallelization = true)]
public sealed class MemoryMeasurements;
