-- Whether the teller had proven who they are: a separation folds people anew from here.
alter table events add column if not exists verified UInt8 default 0;
