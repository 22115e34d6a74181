using SharpProbe.Io;

namespace SharpProbe.Tests.GdbServing;

internal sealed class FakeBackground : Background
{
    public int Rounds { get; private set; }

    /// <summary>What else happens meanwhile.</summary>
    public Action? Meanwhile { get; set; }

    public override void Run()
    {
        Rounds++;
        Meanwhile?.Invoke();
    }
}
