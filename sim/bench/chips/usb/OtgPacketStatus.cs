namespace SharpProbe.Sim.Chips.Usb;

/// <summary>PKTSTS of GRXSTSR and GRXSTSP in device mode (RM0431 and RM0433, OTG_GRXSTSR).</summary>
internal enum OtgPacketStatus { GlobalOutNak = 1, OutData = 2, OutComplete = 3, SetupComplete = 4, SetupData = 6 }
