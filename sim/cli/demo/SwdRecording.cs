using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.View;

namespace SharpProbe.Sim.Cli.Demo;

/// <summary>
/// The wire as the demo's scan and attach have it: swd.vcd for sigrok and GTKWave, and a picture of the first read of target memory. What sigrok's decoder makes of the waveform is
/// compared with what the target's port heard.
/// </summary>
internal sealed class SwdRecording : IDisposable
{
    private readonly string _vcd, _picture;
    private readonly ProbeRig _rig;
    private readonly SwdCapture _capture;
    private NetVcd? _recorder;
    private List<string> _heard = [];

    public SwdRecording(ProbeRig rig, string folder)
    {
        _rig = rig;
        (_vcd, _picture) = (Path.Combine(folder, "swd.vcd"), Path.Combine(folder, "swd-transfer.svg"));
        SwdPort port = rig.Target.Port!;
        port.Log.Capacity = 100_000;
        _recorder = new(_vcd, rig.Machine.Nets, [rig.Wiring.Swclk, rig.Wiring.Swdio]);
        _capture = new(port, rig.Machine.Pin(rig.Wiring.Swclk).Net, rig.Machine.Pin(rig.Wiring.Swdio).Net, transfer => transfer.Memory is not null && transfer.HasData);
    }

    public IReadOnlyList<string> Files => _capture.Found ? [_vcd, _picture] : [_vcd];

    /// <summary>Ends the recording and writes the files; to be called while the bench stands still.</summary>
    public void Finish()
    {
        if (_recorder is null) return;
        _recorder.Dispose();
        _recorder = null;
        _heard = [.. SigrokSwd.Expect(_rig.Target.Port!.Log.Entries)];
        if (_capture.Found) File.WriteAllText(_picture, SwdPicture.Draw(_capture));
    }

    /// <summary>Has sigrok decode the waveform. False: it saw other traffic than the target did.</summary>
    public bool Compare(out string sentence)
    {
        try
        {
            List<string> decoded = SigrokSwd.Decode(_vcd, _rig.Wiring.Swclk, _rig.Wiring.Swdio);
            int same = decoded.Zip(_heard).TakeWhile(pair => pair.First == pair.Second).Count();
            bool equal = same == decoded.Count && same == _heard.Count;
            sentence = equal
                ? $"sigrok's swd decoder finds {decoded.Count} fields in the waveform: the same as the target heard"
                : $"sigrok's swd decoder and the target agree on {same} fields, then sigrok has {decoded.ElementAtOrDefault(same)}, the target {_heard.ElementAtOrDefault(same)} (of {decoded.Count} and {_heard.Count})";
            return equal;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            sentence = "sigrok-cli is not installed: the waveform was not decoded";
            return true;
        }
    }

    public void Dispose() => Finish();
}
