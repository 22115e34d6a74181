using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Boot;

/// <summary>A board that goes back and forth between two images; the power goes in the middle of an update, and what comes of it is counted.</summary>
internal sealed class PowerCutRig
{
    private readonly BootRig _rig;
    private readonly PowerCut _power;
    private readonly NetDriver _button;
    private readonly byte[][] _images;
    private int _installed;

    public PowerCutRig(string board, Func<uint, byte[]> first, Func<uint, byte[]> second)
    {
        _rig = new(board, application: false);
        _images = [first(_rig.Start), second(_rig.Start)];
        _power = new(_rig.Machine);
        _button = _rig.Machine.Pin(BootRig.Button(board)).Net.Attach("button");
        _rig.InBootLoader().Client.Write(_images[0], _rig.Start, leave: false);
    }

    public int Old { get; private set; }
    public int New { get; private set; }
    public int Waiting { get; private set; }
    public int Cuts => Old + New + Waiting;

    /// <summary>Operations of an update that are erases.</summary>
    public IReadOnlyList<int> Erases { get; private set; } = [];

    /// <summary>Counts the operations of an update that nothing disturbs.</summary>
    public int Operations()
    {
        _power.Count();
        Update(_images[1 - _installed]);
        _installed = 1 - _installed;
        Erases = [.. Enumerable.Range(0, _power.Seen.Count).Where(i => _power.Seen[i].IsErase)];
        return _power.Seen.Count;
    }

    /// <summary>Begins an update to the other image, cuts the power in an operation, and looks what the board does then. It ends with the other image in flash.</summary>
    public void Cut(int operation, CutMoment moment)
    {
        byte[] old = _images[_installed], @new = _images[1 - _installed];
        string what = $"operation {operation}, {moment}";
        _power.Arm(operation, moment, operation);
        try
        {
            Update(@new);
        }
        catch (Exception) when (_power.Happened is not null)
        {
            // The device is gone in the middle of it, as it should be.
        }
        Assert.True(_power.Happened is not null, $"{what}: there was none");
        _button.Set(Drive.None);
        _rig.PowerCycle();
        for (int ms = 0; ms < 200 && !InApplication; ms++) _rig.Run(1);
        if (!InApplication) Waiting++;
        else if (Flash(old.Length).SequenceEqual(old)) Old++;
        else if (Flash(@new.Length).SequenceEqual(@new)) New++;
        else Assert.Fail($"{what}: the board started an image that nobody made");
        Update(@new);
        Assert.True(Flash(@new.Length).SequenceEqual(@new), $"{what}: the update that followed left something else");
        _installed = 1 - _installed;
    }

    public override string ToString() => $"{Cuts} cuts: {Old} old image, {New} new image, {Waiting} waiting for an update, 0 bricked";

    private bool InApplication => _rig.Machine.Core.InstructionAddress - _rig.Start < (uint)_images[0].Length;

    private void Update(byte[] image)
    {
        _button.Set(Drive.Low);
        _rig.PowerCycle().InBootLoader().Client.Write(image, _rig.Start, leave: false);
    }

    private byte[] Flash(int length)
    {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length;)
        {
            uint address = _rig.Start + (uint)done;
            var mapping = _rig.Machine.Bus.Find(address)!;
            int count = (int)Math.Min((uint)(length - done), mapping.Last - address + 1);
            mapping.Region!.Span.Slice((int)(address - mapping.Address), count).CopyTo(bytes.AsSpan(done));
            done += count;
        }
        return bytes;
    }
}
