namespace Bulkhead.Engine.Scheduling;

/// <summary>Who makes a host call: one visit of a node, whose account pays.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Branch">Its branch, or null on the trunk.</param>
/// <param name="Account">What the visit has used.</param>
internal sealed record Caller(string Node, string? Branch, Account Account);
