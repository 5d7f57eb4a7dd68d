using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Agent;

/// <summary>A piece of what a model streams.</summary>
internal abstract record ModelPiece;

/// <summary>Words of the answer.</summary>
internal sealed record Words(string Text) : ModelPiece;

/// <summary>Words of its reasoning.</summary>
internal sealed record Thought(string Text) : ModelPiece;

/// <summary>A source; <paramref name="Index"/> is the character of the answer that it follows.</summary>
internal sealed record Cited(Source Source, int? Index) : ModelPiece;

/// <summary>A picture that it made.</summary>
internal sealed record Picture(byte[] Content, string MimeType) : ModelPiece;
