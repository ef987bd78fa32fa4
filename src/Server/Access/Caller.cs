namespace Bulkhead.Server.Access;

/// <summary>Who asks: the user that a token stands for.</summary>
/// <param name="Owner">Tenant and user.</param>
/// <param name="Roles">What the token allows.</param>
/// <param name="Revoked">Cancelled when the token leaves the file; open streams end with it.</param>
internal sealed record Caller(Owner Owner, IReadOnlyList<string> Roles, CancellationToken Revoked)
{
    public bool MayLook => Roles.Contains(Role.Runner) || Roles.Contains(Role.Viewer);

    public bool MayRun => Roles.Contains(Role.Runner);

    public bool MayMeasure => Roles.Contains(Role.Metrics);
}
