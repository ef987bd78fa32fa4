using System.Text.RegularExpressions;

namespace Bulkhead.Architecture.Tests.Scans;

/// <summary>What no file of any kind may hold. Samples are put together from parts, so that this file holds none itself.</summary>
internal static partial class TextScans
{
    private static readonly string Markers = string.Concat(Enumerable.Repeat('<', 7));

    public static IEnumerable<Scan> All => [NoMergeMarkers, NoSecrets, NoMachinePaths, NoPrivateHosts];

    private static Scan NoMergeMarkers => new()
    {
        Rule = "no merge markers",
        Row = "SSOT-1",
        Applies = _ => true,
        Faults = file => Matches(file, MergeMarker()),
        Sabotage = [new("README.md", $"a\n{Markers} HEAD\nb"), new("src/Api/X.cs", $"a\r\n{Markers.Replace('<', '>')} branch\r\n")],
        Innocent = [new("README.md", "Title\n=======\n")],
    };

    private static Scan NoSecrets => new()
    {
        Rule = "no secrets",
        Applies = _ => true,
        Faults = file => Matches(file, Secret()).Select(match => match.Split(' ')[0] + " looks like a secret"),
        Sabotage =
        [
            new("examples/a.yaml", $"key: |\n  -----BEGIN {"RSA"} PRIVATE KEY-----"),
            new("docs/a.md", "AKIA" + "ABCDEFGHIJKLMNOP"),
            new("docs/a.md", "gh" + "p_" + new string('a', 36)),
            new("docs/a.md", "eyJ" + "hbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N"),
        ],
        Innocent = [new("docs/a.md", "-----BEGIN CERTIFICATE-----")],
    };

    private static Scan NoMachinePaths => new()
    {
        Rule = "no absolute paths of somebody's machine",
        Applies = _ => true,
        Faults = file => Matches(file, MachinePath()),
        Sabotage =
        [
            new("docs/a.md", "see " + "/wo" + "rk/main/x"), new("eng/run", "cd " + "/ro" + "ot/x"),
            new("docs/a.md", "(" + "/ho" + "me/alice/x)"), new("docs/a.md", "C:" + "\\Users\\alice"),
        ],
        Innocent = [new("docs/a.md", "https://host/work/x and ./work/x"), new("Dockerfile", "WORKDIR /app")],
    };

    private static Scan NoPrivateHosts => new()
    {
        Rule = "no hosts of a private network",
        Applies = _ => true,
        Faults = file => Matches(file, PrivateHost()),
        Sabotage = [new("docs/a.md", "http://" + "10.1.2.3:80/x"), new("nuget.config.txt", "https://" + "nuget.build.internal/v3")],
        Innocent = [new("docs/a.md", "http://127.0.0.1:5432, https://kubernetes.default.svc.cluster.local, https://github.com/x")],
    };

    private static IEnumerable<string> Matches(SourceFile file, Regex pattern) =>
        pattern.Matches(file.Text).Select(match =>
            $"{match.Value.Trim()} at line {file.Text.AsSpan(0, match.Index).Count('\n') + 1}");

    [GeneratedRegex("^(<{7}|>{7}|\\|{7})( |\\r?$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MergeMarker();

    [GeneratedRegex(
        "-----BEGIN ([A-Z]+ )?PRIVATE KEY-----|\\bAKIA[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{36}\\b|"
        + "\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("(?<![\\w./:}])/(work|root|home/\\w+|Users/\\w+)/|[A-Z]:\\\\Users\\\\", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        "https?://(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|[\\w.-]+\\.(internal|corp|lan|intranet)\\b)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PrivateHost();
}
