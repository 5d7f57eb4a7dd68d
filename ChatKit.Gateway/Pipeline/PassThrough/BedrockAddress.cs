namespace ChatKit.Gateway.Pipeline.PassThrough;

/// <summary>
/// Bedrock's agents, knowledge bases and flows have a host of their own, <c>bedrock-agent-runtime</c>
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Agents_for_Amazon_Bedrock_Runtime.html).
/// </summary>
internal static class BedrockAddress
{
    private const string Runtime = "bedrock-runtime.";

    private static readonly string[] OfAgents = ["agents", "knowledgebases", "flows", "retrieveAndGenerate", "retrieveAndGenerateStream", "rerank", "generateQuery", "optimize-prompt", "sessions"];

    public static Uri Of(Uri runtime, string rest) => runtime.Host.StartsWith(Runtime, StringComparison.Ordinal) && OfAgents.Contains(rest.Split('/', 2)[0])
        ? new UriBuilder(runtime) { Host = $"bedrock-agent-runtime.{runtime.Host[Runtime.Length..]}" }.Uri
        : runtime;
}
