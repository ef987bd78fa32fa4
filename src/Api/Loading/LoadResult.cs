using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>What became of a document: the workflow when there is no problem, else all faults of the first stage that has any.</summary>
/// <param name="Workflow">The model; null exactly when there are problems.</param>
/// <param name="Problems">Faults, in the order of the document where they have a place in it.</param>
/// <param name="Warnings">What runs but was probably not meant: unreachable nodes, ambiguous YAML scalars, rules after the last match.</param>
public sealed record LoadResult(Workflow? Workflow, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Warnings);
