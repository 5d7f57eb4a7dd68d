using System.Net;
using System.Net.Sockets;

namespace ChatKit.Bench.Load.Roles;

/// <summary>
/// The provider behind everything that is measured: answers from bytes made beforehand and parses only what it must, so that it costs the
/// core it shares with the load as little as possible.
/// </summary>
internal sealed class MockUpstream
{
    private readonly CannedAnswers _answers = new();

    public async Task RunAsync(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(4096);
        while (true)
        {
            _ = ServeAsync(await listener.AcceptAsync());
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using (connection)
        {
            connection.NoDelay = true;
            var buffer = new byte[8192];
            var filled = 0;
            try
            {
                while (true)
                {
                    var received = await connection.ReceiveAsync(buffer.AsMemory(filled));
                    if (received == 0)
                    {
                        return;
                    }

                    filled += received;
                    if (MockRequest.TryRead(buffer.AsSpan(0, filled), out var request))
                    {
                        await AnswerAsync(connection, request.Kind);
                        buffer.AsSpan(request.Length, filled - request.Length).CopyTo(buffer);
                        filled -= request.Length;
                    }
                }
            }
            catch (SocketException)
            {
                // The other side went away; nothing is owed to it.
            }
        }
    }

    private async Task AnswerAsync(Socket connection, MockKind kind)
    {
        switch (kind)
        {
            case MockKind.OpenAi:
                await connection.SendAsync(_answers.OpenAiPlain);
                break;
            case MockKind.Anthropic:
                await connection.SendAsync(_answers.AnthropicPlain);
                break;
            case MockKind.Stream:
                await StreamAsync(connection);
                break;
            case MockKind.SlowStream:
                await StreamSlowlyAsync(connection);
                break;
        }
    }

    /// <summary>Each event is a send of its own; between two, every other stream gets its turn.</summary>
    private async Task StreamAsync(Socket connection)
    {
        await connection.SendAsync(_answers.StreamStart);
        for (var sent = 0; sent < CannedAnswers.EventCount; sent++)
        {
            await connection.SendAsync(_answers.StreamEvent);
            await Task.Yield();
        }

        await connection.SendAsync(_answers.StreamEnd);
    }

    private async Task StreamSlowlyAsync(Socket connection)
    {
        await connection.SendAsync(_answers.StreamStart);
        while (true)
        {
            await connection.SendAsync(_answers.StreamEvent);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }
}
