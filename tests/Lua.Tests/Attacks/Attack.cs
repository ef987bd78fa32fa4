namespace Bulkhead.Lua.Tests.Attacks;

/// <summary>One hostile script of the corpus. Its first lines say its class and what must become of it.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Class">Such as <c>coroutines</c>.</param>
/// <param name="Expectation">A LuaStatus (or two), or Abandoned where the loop lies inside one C function.</param>
/// <param name="Source">The script; whatever breaks out returns, whatever holds ends in an error or a stop.</param>
public sealed record Attack(string Name, string Class, string Expectation, string Source)
{
    /// <summary>Only a loop inside one C function may be left behind, never one in Lua code.</summary>
    public bool MayBeAbandoned => Expectation == "Abandoned";

    /// <summary>Only its deadline ends it.</summary>
    public bool IsEndless => Expectation is "TimedOut" or "Abandoned";

    public string[] Expectations => Expectation.Split(" or ");

    /// <summary>Every attack, by name.</summary>
    public static IReadOnlyList<Attack> All { get; } = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Attacks"), "*.lua")
        .Order(StringComparer.Ordinal)
        .Select(Read)
        .ToList();

    public override string ToString() => Name;

    private static Attack Read(string file)
    {
        var lines = File.ReadAllLines(file);
        return new Attack(
            Path.GetFileNameWithoutExtension(file), Header(lines[0], "-- class: "), Header(lines[1], "-- expect: "), string.Join('\n', lines));
    }

    private static string Header(string line, string prefix) =>
        line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : throw new InvalidDataException($"'{line}' is no '{prefix}'");
}
