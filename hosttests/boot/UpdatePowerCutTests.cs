using SharpProbe.Sim.Boards;
using SharpProbe.Tests.Dfu;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Boot;

/// <summary>
/// The power goes in an erase or a written word of an update, on the boot loader's own ELF, with the host's program at the other end of the cable. Afterwards the board has to start the old image, start the new
/// one, or wait for an update, and the update then has to go through.
/// </summary>
public class UpdatePowerCutTests(ITestOutputHelper output)
{
    /// <summary>Every operation of the update of a small image: an erase, all but the first 64 bytes, then these.</summary>
    [Theory]
    [InlineData("stlinkv3mini", 512)]
    [InlineData("pybd_sf2", 288)]
    [InlineData("devebox_h743", 2048)]
    [InlineData("devebox_h750", 512)]
    public void A_cut_at_every_operation_of_an_update_leaves_no_brick(string board, int length)
    {
        var rig = new PowerCutRig(board, start => TestImage.Program(start, length, BoardNumber(board), 1), start => TestImage.Program(start, length, BoardNumber(board), 2));
        int operations = rig.Operations();
        Assert.Equal(1 + length / (BoardNumber(board) <= 2 ? 4 : 32), operations);
        for (int cut = 0; cut < operations; cut++) rig.Cut(cut, (CutMoment)(cut % 3));
        // The erase, the first words, and the header's, at each moment.
        foreach (int cut in new[] { 0, 1, 2, operations - 4, operations - 3, operations - 2, operations - 1 })
            foreach (CutMoment moment in Enum.GetValues<CutMoment>()) rig.Cut(cut, moment);
        output.WriteLine($"{board}: {rig}");
        Assert.True(rig.Old > 0 && rig.New > 0 && rig.Waiting > 0, rig.ToString());
    }

    /// <summary>The board's own application of today, which takes several sectors.</summary>
    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void Cuts_in_an_update_of_the_real_application_leave_no_brick(string board)
    {
        byte[] image = File.ReadAllBytes(Path.ChangeExtension(BootedBoard.Firmware(board), ".bin"));
        byte[] other = (byte[])image.Clone();
        other[^40] ^= 0xFF;
        TestImage.Seal(other);
        var rig = new PowerCutRig(board, _ => image, _ => other);
        int operations = rig.Operations();
        IReadOnlyList<int> erases = rig.Erases;
        Assert.True(erases.Count >= 2, $"{erases.Count} erases");
        foreach (int erase in erases) rig.Cut(erase, CutMoment.Middle);
        rig.Cut(operations / 2, CutMoment.Middle);
        rig.Cut(operations - 2, CutMoment.Middle);
        rig.Cut(operations - 1, CutMoment.Middle);
        output.WriteLine($"{board}: {operations} operations, {rig}");
    }

    private static byte BoardNumber(string board) => (byte)(1 + Array.IndexOf(["stlinkv3mini", "pybd_sf2", "devebox_h743", "devebox_h750"], board));
}
