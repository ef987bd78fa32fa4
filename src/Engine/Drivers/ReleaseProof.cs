namespace Bulkhead.Engine.Drivers;

/// <summary>What a release showed on the server's side.</summary>
/// <param name="Proven">The server no longer knows any session of ours (or the protocol has none to know).</param>
/// <param name="Ended">Sessions that had to be ended.</param>
/// <param name="Remaining">Sessions still there after the last look.</param>
/// <param name="Message">Why it is not proven, where known; without secrets.</param>
public sealed record ReleaseProof(bool Proven, int Ended = 0, int Remaining = 0, string? Message = null);
