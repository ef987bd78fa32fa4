using Bulkhead.Api.Contract;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>Where the release of an attempt stands.</summary>
/// <param name="Plan">What to do next; null: it is over, proven or given up.</param>
/// <param name="Reason">Of the condition ConnectionsReleased.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Connections">What is known of each connection now; null: nothing was opened.</param>
internal sealed record ReleaseProgress(Plan? Plan, string Reason, string Message, IReadOnlyList<ConnectionResult>? Connections);
