using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatKit.Backend.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatKit.Backend;

/// <summary>What one request type does.</summary>
internal interface IVerb<in TParams>
{
    Task<IResult> HandleAsync(TParams parameters, CancellationToken cancel);
}

/// <summary>Binds <c>params</c> to the shape that a verb asks for; what does not fit is 422.</summary>
internal abstract class Verb
{
    public abstract Task<IResult> InvokeAsync(JsonElement parameters, IServiceProvider services, CancellationToken cancel);

    public static Verb Of<TVerb, TParams>(JsonTypeInfo<TParams> shape)
        where TVerb : IVerb<TParams> => new Bound<TVerb, TParams>(shape);

    private sealed class Bound<TVerb, TParams>(JsonTypeInfo<TParams> shape) : Verb
        where TVerb : IVerb<TParams>
    {
        private static readonly ObjectFactory<TVerb> Create = ActivatorUtilities.CreateFactory<TVerb>([]);

        public override async Task<IResult> InvokeAsync(JsonElement parameters, IServiceProvider services, CancellationToken cancel)
        {
            TParams bound;
            try
            {
                bound = parameters.Deserialize(shape)!;
            }
            catch (JsonException exception)
            {
                return Misfit(exception);
            }
            catch (NotSupportedException)
            {
                return Problems.Unprocessable("`params` holds an object without its `type`.");
            }

            return await Create(services, []).HandleAsync(bound, cancel);
        }
    }

    /// <summary>Says where, and which members are missing, without naming our types.</summary>
    private static ProblemHttpResult Misfit(JsonException exception)
    {
        var where = "params" + exception.Path?.TrimStart('$');
        var missing = exception.Message.IndexOf("missing required properties", StringComparison.Ordinal);
        if (missing < 0)
            return Problems.Unprocessable($"`{where}` is not what this request takes.");
        var names = exception.Message[missing..].Split('\'').Where((_, i) => i % 2 == 1).Select(name => $"`{name}`");
        return Problems.Unprocessable($"`{where}` lacks {string.Join(", ", names)}.");
    }
}
