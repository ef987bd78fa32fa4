using System.Text.Json;

namespace Bulkhead.Server.Http;

/// <summary>Optional body of a resume.</summary>
/// <param name="Inputs">Merged over the state of the checkpoint, or over the first inputs.</param>
internal sealed record ResumeRequest(Dictionary<string, JsonElement>? Inputs);
