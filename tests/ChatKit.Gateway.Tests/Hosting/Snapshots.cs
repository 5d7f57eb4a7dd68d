using System.Collections.Frozen;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Tests.Hosting;

/// <summary>Snapshots for tests of single parts.</summary>
internal static class Snapshots
{
    public static GatewaySnapshot With(GatewaySettings settings) => new() { Groups = FrozenDictionary<string, ModelGroup>.Empty, WildcardGroups = [], Settings = settings };
}
