using Bulkhead.Api.Problems;

namespace Bulkhead.Api.Text;

/// <summary>Ends the reading of a text at its first fault; never leaves this folder.</summary>
internal sealed class SourceFault : Exception
{
    public SourceFault(string code, string message, SourcePath path, int? line)
        : base(message) => Problem = new Problem(ProblemClass.StructuralError, code, message, path.ToString(), line);

    public Problem Problem { get; }
}
