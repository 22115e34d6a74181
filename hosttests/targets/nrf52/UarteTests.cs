namespace SharpProbe.Tests.Targets.Nrf52;

/// <summary>UARTE0 on the pins that PSEL names.</summary>
public class UarteTests
{
    private const uint Base = 0x4000_2000, StartTx = Base + 8, StartRx = Base, EndTx = Base + 0x120, EndRx = Base + 0x110, Enable = Base + 0x500, PselTxd = Base + 0x50C, PselRxd = Base + 0x514, Baud = Base + 0x524;
    private const uint RxdPtr = Base + 0x534, RxdMax = Base + 0x538, TxdPtr = Base + 0x544, TxdMax = Base + 0x548;

    [Fact] public void What_goes_out_on_one_pin_comes_back_on_another()
    {
        var rig = new Nrf52Rig(0xE7FE);
        // A wire from P0.06 to P0.08.
        rig.Target.Chip.Die.Pin("P0.08").Connect(rig.Target.Chip.Die.Pin("P0.06").Net);
        byte[] text = "nRF52!"u8.ToArray();
        for (int i = 0; i < text.Length; i++) rig.Write(Nrf52Rig.Ram + (uint)i, text[i], 1);
        rig[PselTxd] = 6;
        rig[PselRxd] = 8;
        rig[Baud] = 0x01D6_0000;
        rig[Enable] = 8;
        rig[RxdPtr] = Nrf52Rig.Ram + 0x100;
        rig[RxdMax] = (uint)text.Length;
        rig[StartRx] = 1;
        rig[TxdPtr] = Nrf52Rig.Ram;
        rig[TxdMax] = (uint)text.Length;
        rig[StartTx] = 1;
        rig.Wait(500 * Nrf52Rig.Microsecond);
        Assert.Equal(0u, rig[EndTx]);
        rig.Wait(200 * Nrf52Rig.Microsecond);
        Assert.Equal(1u, rig[EndTx]);
        Assert.Equal(1u, rig[EndRx]);
        Assert.Equal(text, text.Select((_, i) => (byte)rig.Read(Nrf52Rig.Ram + 0x100 + (uint)i, 1)!.Value));
    }
}
