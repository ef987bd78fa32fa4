using System.Text.Json.Serialization;

namespace Bulkhead.Api.Contract;

[JsonConverter(typeof(JsonStringEnumConverter<ExecutionPhase>))]
public enum ExecutionPhase
{
    Succeeded,
    Failed,
    Suspended,
    Cancelled,
}
