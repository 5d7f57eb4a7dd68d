using ChatKit.ToolServer;
using ModelContextProtocol.Server;

// A server of the Model Context Protocol over standard input and output, for tests of those who call one.
await using var server = McpServer.Create(new StdioServerTransport("chatkit-test"), TestTools.Options());
await server.RunAsync();
