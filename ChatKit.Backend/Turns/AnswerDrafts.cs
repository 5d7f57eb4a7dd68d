using System.Text;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>Follows the assistant messages of a stream, so that what was said so far can be kept when the answer is stopped.</summary>
internal sealed class AnswerDrafts
{
    private readonly Dictionary<string, Draft> _drafts = new(StringComparer.Ordinal);

    public void Follow(ThreadEvent threadEvent)
    {
        switch (threadEvent)
        {
            case ItemAdded { Item: AssistantMessage message }:
                _drafts[message.Id] = new Draft(message);
                break;
            case ItemUpdated updated when _drafts.TryGetValue(updated.ItemId, out var draft):
                draft.Apply(updated.Update);
                break;
            case ItemDone done:
                _drafts.Remove(done.Item.Id);
                break;
            case ItemReplaced replaced:
                _drafts.Remove(replaced.Item.Id);
                break;
            case ItemRemoved removed:
                _drafts.Remove(removed.ItemId);
                break;
            default:
                break;
        }
    }

    /// <summary>The messages that began, said something, and were not completed.</summary>
    public IEnumerable<AssistantMessage> Unfinished() => _drafts.Values
        .Select(draft => draft.AsItStands())
        .Where(message => message.Content.Any(part => !string.IsNullOrWhiteSpace(part.Text)));

    private sealed class Draft(AssistantMessage message)
    {
        private readonly List<Part> _parts = [.. message.Content.Select(content => new Part(content))];

        public void Apply(ItemUpdate update)
        {
            switch (update)
            {
                case ContentPartAdded added:
                    Put(added.ContentIndex, added.Content);
                    break;
                case TextDelta delta:
                    At(delta.ContentIndex).Text.Append(delta.Delta);
                    break;
                case AnnotationAdded annotation:
                    At(annotation.ContentIndex).Annotations.Add(annotation.Annotation);
                    break;
                case ContentPartDone done:
                    Put(done.ContentIndex, done.Content);
                    break;
                default:
                    break;
            }
        }

        public AssistantMessage AsItStands() => message with { Content = [.. _parts.Select(part => part.AsItStands())] };

        private void Put(int index, OutputText content)
        {
            At(index);
            _parts[index] = new Part(content);
        }

        private Part At(int index)
        {
            while (_parts.Count <= index)
                _parts.Add(new Part(OutputText.Blank));
            return _parts[index];
        }
    }

    private sealed class Part(OutputText content)
    {
        public StringBuilder Text { get; } = new(content.Text);

        public List<Annotation> Annotations { get; } = [.. content.Annotations];

        public OutputText AsItStands() => new(Text.ToString(), [.. Annotations]);
    }
}
