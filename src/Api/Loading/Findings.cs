using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Loading;

/// <summary>What one load has found so far.</summary>
internal sealed class Findings
{
    private readonly Dictionary<string, SourceValue> _names = new(StringComparer.Ordinal);

    public ProblemList Faults { get; } = new();

    public ProblemList Warnings { get; } = new();

    /// <summary>Ids that templates read as <c>nodes.ID</c>, each where it first stands.</summary>
    public Dictionary<string, SourceValue> NodeReads { get; } = new(StringComparer.Ordinal);

    /// <summary>Nodes seen, those of bodies, steps, subgraphs and <c>finally</c> included.</summary>
    public int Nodes { get; set; }

    /// <summary>Where the readers note what they ask for; null when nobody wants to know.</summary>
    public AskedFields? Asked { get; init; }

    /// <summary>Claims a node name for its document; a name that is taken is a fault.</summary>
    public void Claim(string name, SourceValue at)
    {
        if (_names.TryAdd(name, at)) return;
        var first = _names[name];
        var where = first.Line is null ? first.Path.ToString() : $"line {first.Line}";
        Faults.Add("DUPLICATE_NODE", $"the node '{Quoted.Short(name)}' exists already ({where}); names are unique in a document", at);
    }

    /// <summary>Findings of a subgraph: the same lists, names of its own.</summary>
    public Findings Inner() => new(Faults, Warnings) { Nodes = Nodes, Asked = Asked };

    public Findings()
    {
    }

    private Findings(ProblemList faults, ProblemList warnings) => (Faults, Warnings) = (faults, warnings);
}
