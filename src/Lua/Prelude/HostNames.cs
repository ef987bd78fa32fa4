using System.Text;

namespace Bulkhead.Lua.Prelude;

/// <summary>The names of host functions as the core prelude takes them.</summary>
/// <param name="All">Every dotted name, with a blank before and after each.</param>
/// <param name="Spaces">The namespaces, each once.</param>
/// <param name="Plain">The functions outside namespaces.</param>
internal sealed record HostNames(byte[] All, byte[] Spaces, byte[] Plain)
{
    internal static HostNames Of(IReadOnlyList<string> functions) => new(
        Encoding.UTF8.GetBytes($" {string.Join(' ', functions)} "),
        Joined(functions.Where(function => function.Contains('.')).Select(function => function[..function.IndexOf('.')]).Distinct()),
        Joined(functions.Where(function => !function.Contains('.'))));

    private static byte[] Joined(IEnumerable<string> names) => Encoding.UTF8.GetBytes(string.Join(' ', names));
}
