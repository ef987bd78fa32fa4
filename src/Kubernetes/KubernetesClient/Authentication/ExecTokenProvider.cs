using System.Net.Http.Headers;
using k8s.Exceptions;
using k8s.KubeConfigModels;

namespace k8s.Authentication;

/// <summary>A token that a program of the kubeconfig (<c>exec</c>) gives; run again shortly before it expires, or when the server refuses it.</summary>
public class ExecTokenProvider : ITokenProvider, IRenewableToken, IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ExternalExecution _exec;
    private readonly TimeProvider _time;
    private volatile ExecCredential? _credential;

    public ExecTokenProvider(ExternalExecution exec)
        : this(exec, null, TimeProvider.System)
    {
    }

    internal ExecTokenProvider(ExternalExecution exec, ExecCredential? first, TimeProvider time)
    {
        _exec = exec;
        _credential = first;
        _time = time;
    }

    /// <summary>The program's last answer.</summary>
    internal ExecCredential? Last => _credential;

    public void Dispose()
    {
        _one.Dispose();
        GC.SuppressFinalize(this);
    }

    public async Task<AuthenticationHeaderValue?> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_credential is null || _credential.ExpirationTimestamp - Early <= _time.GetUtcNow())
                _credential = await ExecPlugin.RunAsync(_exec, cancellationToken);
            return Header(_credential);
        }
        finally
        {
            _one.Release();
        }
    }

    async Task<bool> IRenewableToken.RenewAsync(AuthenticationHeaderValue? refused, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            // Another request may have been here first.
            if (_credential is null || Equals(Header(_credential), refused))
                _credential = await ExecPlugin.RunAsync(_exec, ct);
            return !Equals(Header(_credential), refused);
        }
        finally
        {
            _one.Release();
        }
    }

    private AuthenticationHeaderValue? Header(ExecCredential credential)
    {
        try
        {
            return credential.Token is { } token ? BearerToken.Header(token) : null;
        }
        catch (FormatException e)
        {
            throw new KubeConfigException($"The token of the credential program '{_exec.Command}' cannot be used: {e.Message}", e);
        }
    }
}
