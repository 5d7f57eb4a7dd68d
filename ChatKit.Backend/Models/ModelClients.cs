using ChatKit.Backend.Access;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace ChatKit.Backend.Models;

/// <summary>The models as the current user asks them: what each call costs is on record under their name.</summary>
internal sealed class ModelClients(ModelConnection connection, CurrentUser user, PersonalKeys keys)
{
    private readonly OpenAIClientOptions _options = connection.Options(new PersonOnRecord(connection.Endpoint, user, keys));

    public ChatClient Chat(string model) => new(model, connection.Key, _options);

    public EmbeddingClient Embeddings(string model) => new(model, connection.Key, _options);

    public AudioClient Speech(string model) => new(model, connection.Key, _options);
}
