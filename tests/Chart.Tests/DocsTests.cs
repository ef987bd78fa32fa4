using System.Text.RegularExpressions;

namespace Bulkhead.Chart.Tests;

/// <summary>What the pages for operators name is there: files, tests, links.</summary>
public sealed partial class DocsTests
{
    public static TheoryData<string> Pages => new("docs/operations.md", "docs/threat-model.md", "docs/limits.md", "docs/gitops.md", "docs/metrics.md", "SECURITY.md", "charts/bulkhead/README.md");

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_NamesPaths_ThatAreThere(string page)
    {
        var text = Repository.Read(page.Split('/'));
        var folder = Path.GetDirectoryName(Repository.Path(page))!;

        var links = Link().Matches(text).Select(m => m.Groups["to"].Value).Where(l => !l.Contains("://", StringComparison.Ordinal))
            .Select(l => Path.GetFullPath(Path.Combine(folder, l.Split('#')[0])));
        var named = Named().Matches(text).Select(m => Repository.Path(m.Value.TrimEnd('.', ',')));

        links.Concat(named).Where(p => !Exists(p)).ShouldBeEmpty(page);
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || File.Exists($"{path}.cs") || path.Contains('*', StringComparison.Ordinal);

    [GeneratedRegex(@"\]\((?<to>[^)#][^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/.])(tests|eng|config|charts|crds|examples|src|docs)/[\w./*-]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Named();
}
