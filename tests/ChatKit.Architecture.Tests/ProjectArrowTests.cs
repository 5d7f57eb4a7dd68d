using System.Xml.Linq;
using Xunit;

namespace ChatKit.Architecture.Tests;

/// <summary>Who may reference whom, read from the project files (DESIGN: services never reference each other).</summary>
public sealed class ProjectArrowTests
{
    [Theory]
    [InlineData("ChatKit.ServiceDefaults", "")]
    [InlineData("ChatKit.Data", "ChatKit.ServiceDefaults")]
    [InlineData("ChatKit.Gateway", "ChatKit.Data ChatKit.ServiceDefaults")]
    [InlineData("ChatKit.Backend", "ChatKit.Data ChatKit.ServiceDefaults")]
    [InlineData("ChatKit.Worker", "ChatKit.Data ChatKit.ServiceDefaults")]
    [InlineData("ChatKit.Cli", "ChatKit.Backend ChatKit.Data ChatKit.Gateway ChatKit.ServiceDefaults ChatKit.Worker")]
    public void A_project_references_only_what_its_arrow_allows(string project, string allowed)
    {
        var references = XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed.Split(' ')));
    }

    [Theory]
    [InlineData("ChatKit.Gateway", "OpenAI")]
    [InlineData("ChatKit.Gateway", "Anthropic")]
    [InlineData("ChatKit.Gateway", "Microsoft.Extensions.AI")]
    [InlineData("ChatKit.Cli", "OpenAI")]
    [InlineData("ChatKit.ServiceDefaults", "Microsoft.EntityFrameworkCore")]
    public void A_package_stays_out_of_where_it_does_not_belong(string project, string package)
    {
        var packages = XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj"))
            .Descendants("PackageReference")
            .Select(reference => reference.Attribute("Include")!.Value);

        Assert.DoesNotContain(packages, name => name.StartsWith(package, StringComparison.Ordinal));
    }
}
