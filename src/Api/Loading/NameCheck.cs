using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Checks that names which a document mentions are names of nodes; a fault lists the nodes there are.</summary>
internal sealed class NameCheck(Findings findings, IReadOnlyList<string> names)
{
    private const int Listed = 10;

    // Comparing with every name of a great document would take longer than the suggestion is worth.
    private const int Compared = 1_000;
    private readonly HashSet<string> _names = new(names, StringComparer.Ordinal);

    public bool Require(string? name, string field, SourceValue at, bool allowStart = false, bool allowEnd = false)
    {
        if (name is null || _names.Contains(name)) return true;
        if ((allowStart && name == Workflow.StartName) || (allowEnd && name == Workflow.EndName)) return true;
        if (findings.Faults.IsFull)
        {
            findings.Faults.CountOnly();
            return false;
        }

        var reserved = name is Workflow.StartName or Workflow.EndName;
        var reason = reserved
            ? $"'{field}' cannot be {name}"
            : $"'{field}' names the node '{Quoted.Short(name)}', which does not exist; {There(name)}";
        findings.Faults.Add("UNKNOWN_NODE", reason, at);
        return false;
    }

    private string There(string name)
    {
        var near = Nearest.Find(name, names.Take(Compared)) is { } word ? $"did you mean '{Quoted.Short(word)}'? " : string.Empty;
        var more = names.Count > Listed ? $" and {names.Count - Listed:n0} more" : string.Empty;
        return $"{near}there are: {string.Join(", ", names.Take(Listed).Select(Quoted.Short))}{more}";
    }
}
