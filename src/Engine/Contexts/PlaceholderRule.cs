using System.Collections.Frozen;

namespace Bulkhead.Engine.Contexts;

/// <summary>
/// Values that stand where somebody forgot to put a real id. Two requests with the same placeholder would be taken for one.
/// </summary>
internal static class PlaceholderRule
{
    private const int PrefixRuleBelow = 20;

    private static readonly FrozenSet<string> Forbidden = new[]
    {
        "registry", "placeholder", "default", "temp", "none", "null", "undefined", "0", "1", "xxx", "yyy",
        "example", "test", "demo", "sample", "template", "mock", "fake", "dummy",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Allowed = new[]
    {
        "default_user", "default_admin", "default_system", "default_account", "default_service", "default_client", "default_guest",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Prefixes =
    [
        "placeholder_", "registry_", "temp_", "example_", "demo_", "sample_", "template_", "mock_", "fake_", "default_",
    ];

    public static bool Forbids(string value, bool testEnvironment)
    {
        var id = value.Trim();
        if (Allowed.Contains(id)) return false;
        if (Forbidden.Contains(id)) return true;
        return id.Length < PrefixRuleBelow
            && (Prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                || (!testEnvironment && id.StartsWith("test_", StringComparison.OrdinalIgnoreCase)));
    }
}
