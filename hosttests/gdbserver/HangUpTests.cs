using System.Text;

namespace SharpProbe.Tests.GdbServing;

/// <summary>gdb is killed, or the cable pulled, at any byte of a session.</summary>
public class HangUpTests
{
    private static readonly byte[] s_session =
    [
        .. "+"u8, .. Rig.Frame("qSupported:multiprocess+;swbreak+;hwbreak+"), .. "+"u8, .. Rig.Frame("QStartNoAckMode"), .. "++"u8, .. Rig.Frame("!"), .. Rig.Frame("qRcmd,68656c70"),
        .. Rig.Frame("vAttach;1"), .. Rig.Frame("qXfer:features:read:target.xml:0,1000"), .. Rig.Frame("vFlashErase:08000000,00000400"), .. Rig.Frame("vFlashWrite:8000000:" + Rig.Escape("#$}*"u8)),
        .. Rig.Frame("vFlashDone"), .. Rig.Frame("Z1,8000040,2"), .. Rig.Frame("vCont;c"), .. Rig.Frame("m20000000,100"), .. Rig.Frame("X20000000,4:abcd"), .. Rig.Frame("vCont;r8000000,ffffffff:1"), 3,
        .. Rig.Frame("vCont;c"), 3, .. Rig.Frame("k"),
    ];

    [Fact]
    public void Hanging_up_at_any_byte_leaves_a_clean_probe_and_a_running_target()
    {
        var rig = new Rig(attached: false, ack: true);
        for (int cut = 0; cut <= s_session.Length; cut++)
        {
            rig.Line.Window = cut % 3 == 0 ? cut : int.MaxValue;        // a third of the hosts stop reading first
            foreach (byte b in s_session.AsSpan(0, cut))
            {
                rig.Line.Type([b]);
                rig.Server.Poll();
            }
            rig.Poll();
            rig.Line.Open = false;
            rig.Poll(1);
            Assert.False(rig.Target.Attached, $"attached after byte {cut}");
            Assert.Empty(rig.Target.Points);
            rig.Line.Open = true;
            rig.Line.Window = int.MaxValue;
            rig.Output();
            rig.Line.Type("+$vAttach;1#37"u8);
            rig.Poll();
            Assert.StartsWith("+$T05thread:1;", rig.Output());
        }
    }
}
