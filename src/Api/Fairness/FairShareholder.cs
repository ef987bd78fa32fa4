namespace Bulkhead.Api.Fairness;

/// <summary>A tenant, or a user: one of several that share slots.</summary>
/// <param name="Name">Tells it from the others, and decides between equals.</param>
/// <param name="Held">Slots that it has.</param>
/// <param name="Weight">Its share beside the others; at least 1.</param>
/// <param name="Since">When it was last served, by any clock or count; where that is unknown or longer ago, when the first of its line came.</param>
/// <param name="Waiting">Its own line, first to come first.</param>
public sealed record FairShareholder<T>(string Name, int Held, int Weight, long Since, IReadOnlyList<T> Waiting);
