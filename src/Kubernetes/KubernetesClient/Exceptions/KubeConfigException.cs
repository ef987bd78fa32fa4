namespace k8s.Exceptions;

/// <summary>A kubeconfig or the in-cluster configuration cannot be used; the message says what is wrong with it.</summary>
public class KubeConfigException : Exception
{
    public KubeConfigException()
    {
    }

    public KubeConfigException(string message)
        : base(message)
    {
    }

    public KubeConfigException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
