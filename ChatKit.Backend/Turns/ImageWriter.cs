using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>An image that the assistant makes: shown as a place for it, then as sketches, then as itself.</summary>
public sealed class ImageWriter
{
    private readonly AnswerWriter _answer;
    private bool _ended;

    internal ImageWriter(AnswerWriter answer)
    {
        _answer = answer;
        Item = new GeneratedImageItem { Id = Ids.Message(), ThreadId = answer.Thread.Id, CreatedAt = answer.Time.GetUtcNow() };
    }

    internal GeneratedImageItem Item { get; private set; }

    /// <summary>Shows a sketch, or the image.</summary>
    /// <param name="image">Where it is.</param>
    /// <param name="progress">From 0 to 1.</param>
    public Task ShowAsync(GeneratedImage image, double? progress = null)
    {
        Item = Item with { Image = image };
        return _answer.SendAsync(new ItemUpdated(Item.Id, new GeneratedImageUpdated(image, progress)));
    }

    /// <summary>Stores what was last shown; where nothing was, its place is taken away.</summary>
    public async Task EndAsync()
    {
        if (_ended)
            return;
        _ended = true;
        await _answer.SendAsync(Item.Image is null ? new ItemRemoved(Item.Id) : new ItemDone(Item));
    }
}
