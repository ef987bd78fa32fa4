using System.Collections.Frozen;

namespace Bulkhead.Api.Templates;

/// <summary>The filters of expressions and how many arguments each takes.</summary>
public static class Filters
{
    /// <summary>Filter name to least and most arguments.</summary>
    public static IReadOnlyDictionary<string, (int Least, int Most)> All { get; } = new Dictionary<string, (int, int)>(StringComparer.Ordinal)
    {
        ["tojson"] = (0, 0),
        ["json"] = (0, 0),
        ["fromjson"] = (0, 0),
        ["upper"] = (0, 0),
        ["lower"] = (0, 0),
        ["length"] = (0, 0),
        ["default"] = (1, 1),
        ["truncate"] = (1, 1),
        ["join"] = (1, 1),
        ["first"] = (0, 0),
        ["last"] = (0, 0),
        ["sha256"] = (0, 0),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
