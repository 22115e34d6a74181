using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.View;

namespace SharpProbe.Sim.Cli.Demo;

/// <summary>The wire as the demo's scan and attach have it: swd.vcd for sigrok and GTKWave, and a picture of the first read of target memory.</summary>
internal sealed class SwdRecording : IDisposable
{
    private readonly string _vcd, _picture;
    private readonly SwdCapture _capture;
    private NetVcd? _recorder;

    public SwdRecording(ProbeRig rig, string folder)
    {
        (_vcd, _picture) = (Path.Combine(folder, "swd.vcd"), Path.Combine(folder, "swd-transfer.svg"));
        _recorder = new(_vcd, rig.Machine.Nets, [rig.Wiring.Swclk, rig.Wiring.Swdio]);
        _capture = new(rig.Target.Port!, rig.Machine.Pin(rig.Wiring.Swclk).Net, rig.Machine.Pin(rig.Wiring.Swdio).Net, transfer => transfer.Memory is not null && transfer.HasData);
    }

    public IReadOnlyList<string> Files => _capture.Found ? [_vcd, _picture] : [_vcd];

    /// <summary>Ends the recording and writes the files; to be called while the bench stands still.</summary>
    public void Finish()
    {
        if (_recorder is null) return;
        _recorder.Dispose();
        _recorder = null;
        if (_capture.Found) File.WriteAllText(_picture, SwdPicture.Draw(_capture));
    }

    public void Dispose() => Finish();
}
