namespace ChatKit.Gateway.Model.Callbacks;

/// <summary>A Langfuse project, which takes traces over OTLP (https://langfuse.com/integrations/native/opentelemetry).</summary>
internal sealed record LangfuseSettings(Uri Host, string PublicKey, Secret SecretKey);
