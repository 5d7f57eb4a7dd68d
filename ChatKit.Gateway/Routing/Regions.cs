namespace ChatKit.Gateway.Routing;

/// <summary>Whether a cloud's region lies in the one that a call asks for: the same, a part of it (<c>eu</c> and <c>eu-west-1</c>), or one of Azure's in it.</summary>
internal static class Regions
{
    /// <summary>https://learn.microsoft.com/azure/reliability/regions-list: names begin with a country or a side of the continent.</summary>
    private static readonly string[] AzureInEurope =
        ["westeurope", "northeurope", "austria", "belgium", "denmark", "france", "germany", "italy", "poland", "spain", "sweden"];

    private static readonly string[] AzureInStates = ["centralus", "eastus", "northcentralus", "southcentralus", "westcentralus", "westus"];

    /// <summary>False where the deployment's region is not known: who asks for a region does not mean perhaps.</summary>
    public static bool IsIn(string? region, string asked)
    {
        if (region is null) return false;
        if (region.Equals(asked, StringComparison.OrdinalIgnoreCase) || region.StartsWith(asked + "-", StringComparison.OrdinalIgnoreCase)) return true;
        if (asked.Equals("eu", StringComparison.OrdinalIgnoreCase)) return region.StartsWith("europe-", StringComparison.OrdinalIgnoreCase) || BeginsWithAny(region, AzureInEurope);
        return asked.Equals("us", StringComparison.OrdinalIgnoreCase) && BeginsWithAny(region, AzureInStates);
    }

    private static bool BeginsWithAny(string region, string[] names) => Array.Exists(names, name => region.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
