namespace KubeOps.Operator.Leadership;

/// <summary>Who leads, as far as this instance knows.</summary>
internal enum Lead
{
    /// <summary>The server has not said yet.</summary>
    Unknown,

    /// <summary>Another instance: this one waits for its lease.</summary>
    Elsewhere,

    /// <summary>This instance, which therefore watches.</summary>
    Here,
}
