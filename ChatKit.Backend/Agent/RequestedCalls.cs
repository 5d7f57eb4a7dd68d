using System.Security.Cryptography;
using System.Text;
using OpenAI.Chat;

namespace ChatKit.Backend.Agent;

/// <summary>Puts the calls of one reply together from their pieces. Vendors that give no id, one id for all, or one index for all are understood.</summary>
internal sealed class RequestedCalls
{
    /// <summary>Mistral takes ids of nine letters and digits, and nobody minds.</summary>
    private const int IdLength = 9;

    private readonly List<Draft> _drafts = [];

    public void Add(StreamingChatToolCallUpdate update)
    {
        var draft = _drafts.FindLast(draft => draft.Index == update.Index);
        if (draft is null || (update.FunctionName is { Length: > 0 } && draft.Name.Length > 0 && update.ToolCallId is { Length: > 0 } id && id != draft.Id))
        {
            draft = new Draft(update.Index);
            _drafts.Add(draft);
        }

        if (update.ToolCallId is { Length: > 0 } given)
            draft.Id = given;
        if (update.FunctionName is { Length: > 0 } name)
            draft.Name = name;
        draft.Arguments.Append(update.FunctionArgumentsUpdate?.ToString());
    }

    public IReadOnlyList<RequestedCall> ToList()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return [.. _drafts.Where(draft => draft.Name.Length > 0).Select(draft => new RequestedCall(IdOf(draft, ids), draft.Name, draft.Arguments.ToString()))];
    }

    private static string IdOf(Draft draft, HashSet<string> taken)
    {
        var id = draft.Id;
        while (id.Length == 0 || !taken.Add(id))
            id = RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", IdLength);
        return id;
    }

    private sealed class Draft(int index)
    {
        public int Index => index;

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
