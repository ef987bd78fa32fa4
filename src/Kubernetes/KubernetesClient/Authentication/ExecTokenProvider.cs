using System.Net.Http.Headers;
using k8s.KubeConfigModels;

namespace k8s.Authentication;

/// <summary>A token that a program of the kubeconfig (<c>exec</c>) gives; run again shortly before it expires.</summary>
public class ExecTokenProvider : ITokenProvider, IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ExternalExecution _exec;
    private readonly TimeProvider _time;
    private ExecCredential? _credential;

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
            return _credential.Token is { } token ? new("Bearer", token) : null;
        }
        finally
        {
            _one.Release();
        }
    }
}
