using System.Text.Json.Serialization;

namespace Bulkhead.Server.Executions;

/// <summary>
/// Where an execution is:
/// <code>
/// Queued -> Running -> Succeeded | Failed | Cancelled
///   ^ |        |  \
///   | |        v   `-> (server died) Failed, reason ServerRestarted
///   | `--> Suspended
///   `----------' resume: a new attempt, from its checkpoint where there is one
/// </code>
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<ServedPhase>))]
internal enum ServedPhase
{
    Queued,
    Running,
    Suspended,
    Succeeded,
    Failed,
    Cancelled,
}
