namespace SharpProbe.Tests.Boot;

/// <summary>The device answered with an error: bStatus, bState, and the words behind iString.</summary>
public sealed class DfuFailure(int status, int state, string text) : Exception($"status {status}, state {state}: {text}")
{
    public int Status => status;
    public string Text => text;
}
