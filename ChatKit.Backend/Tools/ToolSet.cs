namespace ChatKit.Backend.Tools;

/// <summary>The tools of one turn, by the names that the model knows them by.</summary>
internal sealed class ToolSet(IReadOnlyList<ITool> tools)
{
    public static readonly ToolSet Empty = new([]);

    private readonly Dictionary<string, ITool> _byName = tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    public IReadOnlyList<ITool> All => tools;

    public bool IsEmpty => tools.Count == 0;

    public ITool? Find(string name) => _byName.GetValueOrDefault(name);
}
